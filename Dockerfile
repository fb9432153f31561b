# The digest selects one exact image. To update it, run: docker buildx imagetools inspect node:24-slim
FROM node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY bin ./bin
COPY scripts ./scripts
COPY src ./src
RUN npm run build

FROM node:24.21.0-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
LABEL org.opencontainers.image.title="Parley" \
  org.opencontainers.image.description="One GraphQL API for Zoom, TrueConf Server, and iMeet Central" \
  org.opencontainers.image.version="0.1.0" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.base.name="node:24.21.0-slim"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY package.json schema.graphql LICENSE ./
COPY bin ./bin
# The build contains the packages that it uses, and their licenses.
COPY --from=build /app/dist ./dist
RUN mkdir --mode=700 /data && chown node:node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((response) => process.exit(response.ok ? 0 : 1), () => process.exit(1))"]
# The configuration is the file that PARLEY_CONFIG names, /data/parley.config.yaml, or environment variables alone.
# Node is process 1, so that it receives SIGTERM. A diagnostic report must not contain the secrets of the environment.
ENTRYPOINT ["node", "--report-exclude-env", "/app/bin/parley.js"]
CMD ["serve"]
