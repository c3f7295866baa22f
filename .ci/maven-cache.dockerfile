# Copies libraries that were downloaded already to where the build of the images keeps its own (see Dockerfile). The context
# is the folder of a local Maven repository.
FROM eclipse-temurin:25-jdk
RUN --mount=type=bind,target=/downloaded --mount=type=cache,id=legwork-maven,target=/root/.m2,sharing=locked \
    mkdir -p /root/.m2/repository && cp -R /downloaded/. /root/.m2/repository/
