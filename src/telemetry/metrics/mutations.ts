import { Counter, type Registry } from 'prom-client'
import type { Outcome } from '../../operations/outcome.ts'

const firstOutcomes: readonly Outcome[] = ['SUCCEEDED', 'REJECTED', 'NOT_SENT', 'UNKNOWN']

export interface MutationMetrics {
  /** Creates every series of these mutations with 0, so that `increase()` sees the first event. */
  watch(names: readonly string[]): void
  count(mutation: string, outcome: Outcome, isReplay: boolean): void
}

/** Registers the counters of mutations. */
export function countMutations(registry: Registry): MutationMetrics {
  const registers = [registry]
  const labelNames = ['mutation', 'outcome'] as const
  const first = new Counter({
    name: 'parley_mutations_total',
    help: 'Mutations, by name and first outcome; rejected ones included, replays and later reconciliation excluded.',
    labelNames,
    registers,
  })
  const replays = new Counter({
    name: 'parley_mutation_replays_total',
    help: 'Mutations that returned the result of an earlier one with the same idempotency key, by name and outcome.',
    labelNames,
    registers,
  })
  return {
    watch: (names) => {
      for (const mutation of names) for (const outcome of firstOutcomes) first.inc({ mutation, outcome }, 0)
    },
    count: (mutation, outcome, isReplay) => (isReplay ? replays : first).inc({ mutation, outcome }),
  }
}
