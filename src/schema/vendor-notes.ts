import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql'
import { joinNames } from '../core/join-names.ts'
import type { AnyVendor } from '../vendors/definition.ts'

/** A part of the schema with a description: a type, field, input field, or enum value. */
interface Described {
  description?: string | null | undefined
}

/**
 * Adds the notes of all vendors to the descriptions of a schema, which it changes in place.
 *
 * @throws Error if a coordinate in the notes is not in the schema.
 */
export function addVendorNotes(schema: GraphQLSchema, vendors: readonly AnyVendor[]): void {
  for (const [coordinate, sentences] of collectSentences(vendors)) {
    const part = findPart(schema, coordinate)
    if (!part) throw new Error(`The notes of a vendor refer to ${coordinate}, which is not in the schema.`)
    part.description = [part.description, ...sentences].join(' ')
  }
}

function collectSentences(vendors: readonly AnyVendor[]): Map<string, string[]> {
  const sentences = new Map<string, string[]>()
  const add = (coordinate: string, sentence: string): void => {
    sentences.set(coordinate, [...(sentences.get(coordinate) ?? []), sentence])
  }
  const addList = (list: 'unsupported' | 'unreported', start: string): void => {
    const entriesByCoordinate = Map.groupBy(
      vendors.flatMap(({ label, notes }) => (notes?.[list] ?? []).map((coordinate) => ({ coordinate, label }))),
      ({ coordinate }) => coordinate,
    )
    for (const [coordinate, entries] of entriesByCoordinate)
      add(coordinate, `${start} ${joinNames(entries.map(({ label }) => label))}.`)
  }
  addList('unsupported', 'Not supported by')
  addList('unreported', 'Not reported by')
  for (const { label, notes } of vendors)
    for (const [coordinate, note] of Object.entries(notes?.notes ?? {})) add(coordinate, `${label}: ${note}`)
  return sentences
}

function findPart(schema: GraphQLSchema, coordinate: string): Described | undefined {
  const [typeName = '', member] = coordinate.split('.')
  const type = schema.getType(typeName)
  if (member === undefined) return type
  if (isEnumType(type)) return type.getValue(member) ?? undefined
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return type.getFields()[member]
  return undefined
}
