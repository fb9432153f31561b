import { Gauge, type Registry } from '../prometheus.ts'

/** Registers the gauge of the key sets for JWTs. `isUp` returns null while no issuer is configured. */
export function registerKeySetGauge(registry: Registry, isUp: () => boolean | null): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_key_set_up',
    help: 'State of the key sets for JWTs: 1 if the last fetch succeeded for every issuer, else 0.',
    registers: [registry],
    collect: () => {
      const value = isUp()
      if (value === null) gauge.remove()
      else gauge.set(Number(value))
    },
  })
}
