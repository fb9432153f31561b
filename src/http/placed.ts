import { GraphQLError, isObjectType } from 'graphql'
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql'
import { Problem, withoutStack } from '../errors.ts'

const placed = new WeakSet<GraphQLSchema>()

/**
 * Has graphql say where in the answer a Problem arose: it takes an error with a `path` for one whose place it knows,
 * and a Problem's path is that of an input. A schema that several servers of one process share is changed once.
 */
export function placeProblems(schema: GraphQLSchema): void {
  if (placed.has(schema)) return
  placed.add(schema)
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) if (field.resolve) field.resolve = placing(field.resolve)
  }
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

function placing(resolve: Resolver): Resolver {
  return (...call) => {
    try {
      const value = resolve(...call)
      if (value instanceof Promise) return value.catch(unplaced)
      // The items of a list have places of their own.
      if (!Array.isArray(value) || !(value[0] instanceof Promise)) return value
      return value.map((item: unknown) => (item instanceof Promise ? item.catch(unplaced) : item))
    } catch (error) {
      return unplaced(error)
    }
  }
}

function unplaced(error: unknown): never {
  throw error instanceof Problem ? withoutStack(() => new GraphQLError(error.message, { originalError: error })) : error
}
