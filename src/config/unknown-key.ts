import { z, type ZodType } from 'zod'

type JsonSchema = z.core.JSONSchema.JSONSchema

/** Returns the message for a key that the schema does not have at `path`. */
export function explainUnknownKey(schema: ZodType, path: readonly PropertyKey[], key: string): string {
  const knownKeys = [...new Set(listKeysAt(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), path))]
  const near = findNearest(key, knownKeys)
  return near === null
    ? `is not a setting. Remove it. Settings of this block: ${knownKeys.join(', ') || 'none'}.`
    : `is not a setting. Did you mean ${near}?`
}

function listKeysAt(schema: JsonSchema, path: readonly PropertyKey[]): string[] {
  const forms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  const [step, ...rest] = path
  if (step === undefined)
    return [...Object.keys(schema.properties ?? {}), ...forms.flatMap((form) => listKeysIn(form, []))]
  const child =
    typeof step === 'number' ? schema.items : (schema.properties?.[String(step)] ?? schema.additionalProperties)
  return [child, ...forms].flatMap((form, index) => listKeysIn(form, index === 0 ? rest : path))
}

const listKeysIn = (schema: unknown, path: readonly PropertyKey[]): string[] =>
  typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? listKeysAt(schema as JsonSchema, path) : []

function findNearest(key: string, known: readonly string[]): string | null {
  if (key.length > 40) return null
  const [best] = known
    .map((name) => ({ name, edits: computeEditDistance(toBareKey(key), toBareKey(name)) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((one, other) => one.edits - other.edits)
  return best?.name ?? null
}

const toBareKey = (key: string): string => key.toLowerCase().replace(/[-_]/g, '')

/** Computes the Levenshtein distance. */
function computeEditDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (let column = 1; column <= to.length; column++) {
      const replaced = row[column - 1]! + (letter === to[column - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1))
    }
    row = next
  }
  return row[to.length]!
}
