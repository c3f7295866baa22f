# Copies libraries that were downloaded already to where the build of the images keeps its own (see Dockerfile). The context
# is a local Maven repository's folder.
FROM eclipse-temurin:25-jdk
RUN --mount=type=bind,target=/downloaded --mount=type=cache,id=legwork-maven,target=/root/.m2,sharing=locked \
    cp -R /downloaded/. /root/.m2/
