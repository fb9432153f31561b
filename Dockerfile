FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json schema.graphql LICENSE ./
COPY src ./src
RUN mkdir --mode=700 /data && chown node:node /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Configured by PARLEY_CONFIG, parley.config.yaml in /data, or variables alone.
# Node itself is process 1, so that SIGTERM reaches it; a diagnostic report must not hold the environment's secrets.
ENTRYPOINT ["node", "--report-exclude-env", "/app/src/main.ts"]
CMD ["serve"]
