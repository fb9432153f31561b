import fc from 'fast-check'

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31)
const requestedRuns = process.env['PROPERTY_RUNS']
process.stdout.write(`properties: PROPERTY_SEED=${seed}\n`)

/**
 * Less than the timeout of a test, so that a test that hangs, or that is still shrinking a counterexample, reports its seed and
 * counterexample instead of a timeout.
 */
const interruption = { interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true }

type RunOptions = { seed: number; numRuns: number } & Partial<typeof interruption>

/**
 * Returns the options of a property test: `quick` runs by default, the number in PROPERTY_RUNS, or `full` runs if it is "full".
 * PROPERTY_SEED repeats a printed seed.
 */
export function runs(quick: number, full: number): RunOptions {
  if (requestedRuns === undefined) return { seed, numRuns: quick, ...interruption }
  return { seed, numRuns: requestedRuns === 'full' ? full : Number(requestedRuns) }
}

/**
 * Whether a name in a JSON text contains a backslash. After V8 has parsed such a name, `JSON.parse` can return it for another
 * name that is written with an escape (https://github.com/nodejs/node/issues/63785).
 */
export const hasNameWithBackslash = (json: string): boolean => /(\\\\|\\u005c)([^"\\]|\\.)*"\s*:/i.test(json)

/** Any string, with control characters and lone surrogates. (`binary` of fast-check takes a second to create.) */
export const anyText = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes))
