import type { FieldNode } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { SubgraphNames } from '../../federation/names.ts'
import { readRepresentation } from '../../federation/representation.ts'
import { requiresVendorCall } from '../../schema/ids.ts'
import type { OperationArguments } from './operation-arguments.ts'

const entitiesField = '_entities'

interface ObjectLookupsOptions {
  operationArguments: OperationArguments
  /** Maximum number of keys in one list. */
  maxKeys: number
  /** Names of the subgraph. Null if the schema is not that of a subgraph. */
  names: SubgraphNames | null
}

/** Counts the objects that an operation looks up by their IDs, or by the keys in representations. */
export class ObjectLookups {
  readonly #options: ObjectLookupsOptions
  readonly #ids = new Set<string>()

  constructor(options: ObjectLookupsOptions) {
    this.#options = options
  }

  /** Number of distinct objects that the added fields fetch from a vendor. */
  get vendorCalls(): number {
    return this.#ids.size
  }

  /**
   * Returns the number of objects that a field looks up. Null if the field has no list of keys.
   *
   * @throws `BAD_USER_INPUT` if there are too many keys.
   */
  countKeys(field: FieldNode, name: string): number | null {
    const { operationArguments, maxKeys } = this.#options
    const argument = getKeysArgument(name)
    const keys = operationArguments.get(field, argument)
    if (!Array.isArray(keys)) return null
    if (keys.length > maxKeys)
      throw createTooManyKeysProblem(argument, maxKeys, name === entitiesField ? 'representations' : 'IDs')
    return keys.length
  }

  /** Adds the objects that a field of the root looks up. */
  add(field: FieldNode, name: string): void {
    const { operationArguments } = this.#options
    const keys = operationArguments.get(field, getKeysArgument(name))
    // A value in the place of a list stands for a list of that value.
    const listed = this.countKeys(field, name) === null ? [keys] : (keys as unknown[])
    for (const key of [...listed, operationArguments.get(field, 'id')]) {
      const id = name === entitiesField ? this.#findId(key) : key
      if (typeof id === 'string' && requiresVendorCall(id)) this.#ids.add(id)
    }
  }

  /** Returns null if a representation identifies no object. */
  #findId(representation: unknown): string | null {
    const { names } = this.#options
    const read = names && readRepresentation(representation, names)
    return read && 'id' in read ? read.id : null
  }
}

/** Returns the name of the argument that lists the objects to look up. */
const getKeysArgument = (name: string): string => (name === entitiesField ? 'representations' : 'ids')

export function createTooManyKeysProblem(argument: string, limit: number, noun = 'IDs'): Problem {
  return new Problem('BAD_USER_INPUT', `"${argument}" must have at most ${limit} ${noun}.`, { path: [argument] })
}
