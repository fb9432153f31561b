import { Counter, type Registry } from '../prometheus.ts'
import type { Outcome } from '../../operations/outcome.ts'

const firstOutcomes: readonly Outcome[] = ['SUCCEEDED', 'REJECTED', 'NOT_SENT', 'UNKNOWN']

export interface MutationMetrics {
  /** Creates the series of these mutations with the value 0, so that `increase()` counts the first event. */
  createSeries(names: readonly string[]): void
  count(mutation: string, outcome: Outcome, isReplay: boolean): void
}

/** Registers the counters of mutations. */
export function registerMutationMetrics(registry: Registry): MutationMetrics {
  const registers = [registry]
  const labelNames = ['mutation', 'outcome'] as const
  const first = new Counter({
    name: 'parley_mutations_total',
    help: 'Mutations, by name and first outcome. Includes rejected mutations, but not replays and later reconciliation.',
    labelNames,
    registers,
  })
  const replays = new Counter({
    name: 'parley_mutation_replays_total',
    help: 'Mutations that returned the result of an earlier mutation with the same idempotency key, by name and outcome.',
    labelNames,
    registers,
  })
  return {
    createSeries: (names) => {
      for (const mutation of names) for (const outcome of firstOutcomes) first.inc({ mutation, outcome }, 0)
    },
    count: (mutation, outcome, isReplay) => (isReplay ? replays : first).inc({ mutation, outcome }),
  }
}
