import fc from 'fast-check'

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31)
const asked = process.env['PROPERTY_RUNS']
process.stdout.write(`properties: PROPERTY_SEED=${seed}\n`)

/**
 * Returns the options of a property test: `quick` runs by default, the number in PROPERTY_RUNS, or `full` runs if it is "full".
 * PROPERTY_SEED repeats a printed seed.
 */
export function runs(quick: number, full: number): { seed: number; numRuns: number } {
  return { seed, numRuns: asked === undefined ? quick : asked === 'full' ? full : Number(asked) }
}

/** Any string, with control characters and lone surrogates. (`binary` of fast-check takes a second to create.) */
export const anyText = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes))
