import { Gauge, type Registry } from 'prom-client'

/** Registers the gauge of the keys for JWTs. `isUp`: null if no issuer is configured, which can change. */
export function watchKeySet(registry: Registry, isUp: () => boolean | null): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_key_set_up',
    help: 'Whether the last fetch of the keys for JWTs succeeded, for every issuer.',
    registers: [registry],
    collect: () => {
      const value = isUp()
      if (value === null) gauge.remove()
      else gauge.set(Number(value))
    },
  })
}
