import { joinNames } from '../core/join-names.ts'
import { encodeId, parseId } from '../schema/ids.ts'
import { entityKeys, isEntityType, type EntityType } from './entity-keys.ts'
import type { SubgraphNames } from './names.ts'

/** The object that a representation identifies, by its ID. */
export interface EntityReference {
  type: EntityType
  id: string
}

/** Why a representation identifies no object. */
export interface RepresentationIssue {
  /** Path of the value in the representation. */
  path: readonly string[]
  /** What must be true of the value. */
  requirement: string
}

/** Reads a representation. The ID of a reference can be malformed if the representation has it as `id`. */
export function readRepresentation(value: unknown, names: SubgraphNames): EntityReference | RepresentationIssue {
  const typeName = getMember(value, '__typename')
  const type = typeof typeName === 'string' ? names.parseType(typeName) : null
  if (!isEntityType(type)) return { path: ['__typename'], requirement: `must be ${formatTypes(names)}` }
  const id = getMember(value, 'id')
  if (typeof id === 'string') return { type, id }
  if (id != null) return { path: ['id'], requirement: 'must be a string' }
  return readOtherKey(type, value) ?? { path: [], requirement: `must have ${formatKeys(type)}` }
}

/** Reads a key other than `id`. Returns null if a part of it is missing or has the wrong type. */
function readOtherKey(type: EntityType, value: unknown): EntityReference | RepresentationIssue | null {
  if (entityKeys[type].length === 0) return null
  const isAccount = type === 'Account'
  const key = getMember(isAccount ? value : getMember(value, 'account'), 'key')
  const vendorId = isAccount ? null : getMember(value, 'vendorId')
  if (typeof key !== 'string' || !(isAccount || typeof vendorId === 'string')) return null
  const id = typeof vendorId === 'string' ? encodeId(type, key, vendorId) : encodeId(type, key)
  if (parseId(id) !== null) return { type, id }
  return isAccount
    ? { path: ['key'], requirement: 'must be the key of an account' }
    : { path: ['vendorId'], requirement: 'must be an ID of the vendor, with the key of its account' }
}

/** Returns null if the value is not an object, or does not have the member. */
function getMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
  return (value as Record<string, unknown>)[name]
}

const formatTypes = (names: SubgraphNames): string =>
  joinNames(
    Object.keys(entityKeys).map((type) => names.formatType(type)),
    'or',
  )

const formatKeys = (type: EntityType): string =>
  joinNames(
    ['id', ...entityKeys[type]].map((key) => `"${key}"`),
    'or',
  )
