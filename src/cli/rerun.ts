/** Options that are left out of the printed command: a secret, and the idempotency key, which is added at the end. */
const omitted: ReadonlySet<string> = new Set(['--key', '--idempotency-key'])
/** A secret that the printed command requires. A placeholder replaces its value. */
const passcode = '--passcode'

/**
 * Returns the command to run after an unknown outcome: the same command with its idempotency key.
 *
 * @param idempotencyKey Null if the input has its own key.
 */
export function formatRerun(args: readonly string[], idempotencyKey: string | null): string {
  const kept = args
    .filter((arg, index) => !omitted.has(arg.split('=')[0]!) && !omitted.has(args[index - 1]!))
    .map((arg, index, all) => (all[index - 1] === passcode ? 'PASSCODE' : arg))
    .map((arg) => (arg.startsWith(`${passcode}=`) ? `${passcode}=PASSCODE` : arg))
  const words = ['parley', ...kept, ...(idempotencyKey === null ? [] : ['--idempotency-key', idempotencyKey])]
  return words.map(quote).join(' ')
}

/** Explains how to learn the outcome of a mutation that may have taken effect. */
export function formatUnknownOutcome(keys: readonly string[], idempotencyKey: string | null): string {
  const source = process.argv.slice(2).includes('-') ? ' with the same standard input' : ''
  return `The result is unknown: the mutation may have taken effect. Its idempotency key is ${keys.join(', ')}. To get the outcome without repeating the change, run this command${source}:
  ${formatRerun(process.argv.slice(2), idempotencyKey)}`
}

/** Quotes a word for a POSIX shell. */
const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
