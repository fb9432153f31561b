import { Counter, Gauge, type Registry } from '../prometheus.ts'

/** Registers the metrics of the operation store. */
export function registerStoreMetrics(registry: Registry) {
  const registers = [registry]
  const failures = new Counter({
    name: 'parley_store_failures_total',
    help: 'Failed requests to the operation store, including those of store maintenance.',
    registers,
  })
  return {
    count: () => failures.inc(),
    watch: (isUp: () => boolean): void => {
      const gauge: Gauge = new Gauge({
        name: 'parley_store_up',
        help: 'State of the operation store: 1 if operations can be recorded, 0 while mutations are rejected.',
        registers,
        collect: () => gauge.set(Number(isUp())),
      })
    },
  }
}

/** Registers the gauge of the connection to Redis. */
export function registerRedisGauge(registry: Registry, isUp: () => boolean): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_redis_up',
    help: 'State of the connection to Redis: 1 if it is available, 0 while mutations are rejected and no state is shared.',
    registers: [registry],
    collect: () => gauge.set(Number(isUp())),
  })
}
