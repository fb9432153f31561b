import { Gauge, type Registry } from 'prom-client'

/** Registers the gauge of the keys for JWTs. */
export function watchKeySet(registry: Registry, isUp: () => boolean): void {
  const gauge: Gauge = new Gauge({
    name: 'parley_key_set_up',
    help: 'Whether the last fetch of the keys for JWTs succeeded, for every issuer.',
    registers: [registry],
    collect: () => gauge.set(Number(isUp())),
  })
}
