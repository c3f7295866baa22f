# One file for the three services: docker build --build-arg SERVICE=worker-service .
# The build stage does not depend on SERVICE, so building all three runs Maven once.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY . .
# The secret is optional: a Java trust store for networks that sign the TLS of others with an authority of their own.
RUN --mount=type=cache,id=legwork-maven,target=/root/.m2,sharing=locked \
    --mount=type=secret,id=trust-store \
    set -eu; \
    if [ -s /run/secrets/trust-store ]; then \
      keytool -list -rfc -keystore /run/secrets/trust-store -storepass changeit >/tmp/authorities.pem; \
      export CURL_CA_BUNDLE=/tmp/authorities.pem SSL_CERT_FILE=/tmp/authorities.pem; \
      export MAVEN_OPTS='-Djavax.net.ssl.trustStore=/run/secrets/trust-store -Djavax.net.ssl.trustStorePassword=changeit'; \
    fi; \
    ./mvnw -B -ntp -q -T 1C package -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true \
      -pl producer-service,worker-service,notifier-service,examples/handlers -am; \
    mkdir -p examples/handlers/target/handlers; \
    for service in producer worker notifier; do \
      java -Djarmode=tools -jar $service-service/target/$service-service-*-app.jar \
        extract --layers --application-filename app.jar --destination /image/$service-service; \
      mkdir -p /image/$service-service/handlers; \
    done; \
    cp -R examples/handlers/target/handlers /image/worker-service/; \
    javac -XDstringConcat=inline -d /image/probe ops/image/Ready.java

FROM eclipse-temurin:25-jre AS service
RUN groupadd --gid 10001 legwork && \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin legwork
WORKDIR /app
COPY --from=build /image/probe/ ./probe/
ARG SERVICE
# Layers in the order of how rarely they change; application is the only one a usual commit touches.
COPY --from=build /image/$SERVICE/dependencies/ ./
COPY --from=build /image/$SERVICE/snapshot-dependencies/ ./
COPY --from=build /image/$SERVICE/handlers/ ./handlers/
COPY --from=build /image/$SERVICE/application/ ./
# The log is read by programs: one JSON object a line, in the Elastic Common Schema. Set it to nothing for plain text.
ENV LEGWORK_SERVICE=$SERVICE LEGWORK_WORKER_HANDLERS=/app/handlers LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs
# With the options of the entry point that decide how objects look: a cache that was made with others is not used.
RUN --mount=type=bind,source=ops/image/rehearse,target=/tmp/rehearse \
    bash /tmp/rehearse -XX:+UseSerialGC -XX:+UseCompactObjectHeaders
# What a release says of itself: --build-arg VERSION=… --build-arg REVISION=$(git rev-parse HEAD).
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=
LABEL org.opencontainers.image.title="Legwork $SERVICE" \
      org.opencontainers.image.description="A self-hosted platform for asynchronous work" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25-jre"
USER 10001:10001
STOPSIGNAL SIGTERM
# Nothing that runs in a container needs a shell. A JVM for every question takes some 70 ms of a processor.
HEALTHCHECK --interval=10s --timeout=10s --start-period=180s --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms8m", "-Xmx8m", "-cp", "/app/probe", "Ready"]
# Starts from what the rehearsal has loaded and linked. The heap follows the container's memory limit; what is left is
# for threads, code and buffers. After an OutOfMemoryError nothing can be trusted: leave, and let the restart policy
# begin afresh.
ENTRYPOINT ["java", "-XX:AOTCache=app.aot", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", \
    "-XX:MaxRAMPercentage=65", "-XX:+ExitOnOutOfMemoryError", "-jar", "app.jar"]
