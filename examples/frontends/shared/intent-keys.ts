/** Idempotency keys, one for each change that a user wants to make (an intent). */
export interface IntentKeys {
  /** Returns the same key for the same intent until its outcome is known, so that a repeated click makes no change twice. */
  get(intent: object): string
  /** Removes the key if the outcome is final, so that the next click is a new intent. */
  settle(intent: object, outcome: string): void
}

const finalOutcomes: ReadonlySet<string> = new Set(['SUCCEEDED', 'REJECTED'])

export function createIntentKeys(): IntentKeys {
  const keyByIntent = new Map<string, string>()
  return {
    get: (intent) => {
      const id = JSON.stringify(intent)
      const key = keyByIntent.get(id) ?? crypto.randomUUID()
      keyByIntent.set(id, key)
      return key
    },
    settle: (intent, outcome) => {
      if (finalOutcomes.has(outcome)) keyByIntent.delete(JSON.stringify(intent))
    },
  }
}
