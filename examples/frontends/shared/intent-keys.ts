/** Idempotency keys of what a person wants to have done. */
export interface IntentKeys {
  /** Returns the same key for the same intent until its outcome is known, so that a repeated click does nothing twice. */
  get(intent: object): string
  /** Forgets the key if a repeated click is to do it again. */
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
