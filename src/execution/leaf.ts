import type { GraphQLLeafType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'

/** Maximum size of a character in JSON, such as `\u0000`. */
const bytesPerCharacter = 6

/**
 * Serializes the value of a scalar or enum.
 *
 * @throws Error of the scalar or enum if it cannot serialize the value.
 */
export function serializeLeaf(type: GraphQLLeafType, value: unknown): unknown {
  const serialized: unknown = type.serialize(value)
  if (serialized == null) {
    const call = `${inspect(type)}.serialize(${inspect(value)})`
    throw new Error(`Expected \`${call}\` to return non-nullable value, returned: ${inspect(serialized)}`)
  }
  return serialized
}

/**
 * Returns an upper bound of the size of a serialized value in JSON, without `minValueBytes`. Infinite for objects,
 * which must be measured.
 */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return bytesPerCharacter * value.length
  return typeof value === 'object' ? Infinity : 0
}
