import { Counter, Gauge, type Registry } from 'prom-client'

/** Registers the metrics of the operation store. */
export function countStoreFailures(registry: Registry) {
  const registers = [registry]
  const failures = new Counter({
    name: 'parley_store_failures_total',
    help: 'Requests to the operation store that failed, those of no caller included.',
    registers,
  })
  return {
    count: () => failures.inc(),
    watch: (isUp: () => boolean): void => {
      const gauge: Gauge = new Gauge({
        name: 'parley_store_up',
        help: 'Whether operations can be recorded; 0: mutations are rejected.',
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
    help: 'Whether Redis can be asked; 0: mutations are refused, and nothing is shared.',
    registers: [registry],
    collect: () => gauge.set(Number(isUp())),
  })
}
