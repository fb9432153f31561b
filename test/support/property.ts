import fc from 'fast-check'

const seed = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31)
const asked = process.env['PROPERTY_RUNS']
process.stdout.write(`properties: PROPERTY_SEED=${seed}\n`)

/**
 * How a property is tried: `quick` times, as often as PROPERTY_RUNS says, or `full` times where it says "full"; from the
 * seed that is printed, which PROPERTY_SEED repeats.
 */
export function runs(quick: number, full: number): { seed: number; numRuns: number } {
  return { seed, numRuns: asked === undefined ? quick : asked === 'full' ? full : Number(asked) }
}

/** Any text at all: control characters, halves of pairs. (fast-check's own `binary` takes a second to be made.) */
export const anyText = fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes))
