import { Counter, type Registry } from '../prometheus.ts'

export const reloadOutcomes = ['applied', 'unchanged', 'rejected'] as const
export type ReloadOutcome = (typeof reloadOutcomes)[number]

/** Registers the counter of configuration reloads. Returns a function that counts one. */
export function registerReloadCounter(registry: Registry): (outcome: ReloadOutcome) => void {
  const reloads = new Counter({
    name: 'parley_configuration_reloads_total',
    help: 'Reloads of the configuration, by outcome (applied, unchanged, rejected).',
    labelNames: ['outcome'],
    registers: [registry],
  })
  for (const outcome of reloadOutcomes) reloads.inc({ outcome }, 0)
  return (outcome) => reloads.inc({ outcome })
}
