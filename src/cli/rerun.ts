/** Options that the printed command leaves out: a secret, and the key that is added. */
const omitted: ReadonlySet<string> = new Set(['--key', '--idempotency-key'])
/** A secret that the command needs again. */
const passcode = '--passcode'

/**
 * Returns the command to run after an unknown outcome: the same one with its idempotency key. If `idempotencyKey` is null,
 * the document has the key.
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
  const reads = process.argv.slice(2).includes('-') ? ' with the same standard input' : ''
  return `The mutation may have taken effect. Its idempotency key is ${keys.join(', ')}. To get its outcome, run this command${reads}, which does nothing twice:
  ${formatRerun(process.argv.slice(2), idempotencyKey)}`
}

/** For a POSIX shell. */
const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
