// Modules of prom-client that its own types do not describe.

declare module 'prom-client/lib/counter.js' {
  export { Counter as default } from 'prom-client'
}

declare module 'prom-client/lib/gauge.js' {
  export { Gauge as default } from 'prom-client'
}

declare module 'prom-client/lib/registry.js' {
  export { Registry as default } from 'prom-client'
}

declare module 'prom-client/lib/metrics/*.js' {
  import type { DefaultMetricsCollectorConfiguration, Registry } from 'prom-client'
  const registerMetrics: (registry: Registry, configuration: DefaultMetricsCollectorConfiguration<never>) => void
  export default registerMetrics
}
