import { Gauge, type Registry } from 'prom-client'

/** Registers the gauge of the connection to Redis. */
export function watchRedis(registry: Registry, isUp: () => boolean): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_redis_up',
    help: 'Whether Redis can be asked; 0: mutations are refused, and nothing is shared.',
    registers: [registry],
    collect: () => gauge.set(Number(isUp())),
  })
}
