import {
  findBreakingChanges,
  findDangerousChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql'

/**
 * Returns one line for each change that breaks clients of the released schema. Fields, arguments, and enum values that the
 * release had with `@deprecated` can be removed. New enum values can be added, except to `ProblemKind`, because clients handle
 * all of its values.
 */
export function listBreakingChanges(released: GraphQLSchema, schema: GraphQLSchema): string[] {
  const announced = new Set(listAnnouncedRemovals(released))
  const breaking = findBreakingChanges(released, schema).filter(({ description }) => !announced.has(description))
  const additions = findDangerousChanges(released, schema).filter(
    ({ type, description }) => type === 'VALUE_ADDED_TO_ENUM' && description.endsWith(' enum type ProblemKind.'),
  )
  return [...breaking, ...additions].map(({ type, description }) => `${type}: ${description}`)
}

/** Yields the removals that `@deprecated` announces, described as `findBreakingChanges` does. */
function* listAnnouncedRemovals(schema: GraphQLSchema): Generator<string> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type))
      for (const { name, deprecationReason } of type.getValues())
        if (deprecationReason != null) yield `${name} was removed from enum type ${type.name}.`
    if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        const name = `${type.name}.${field.name}`
        if (field.deprecationReason != null) yield `${name} was removed.`
        for (const argument of 'args' in field ? field.args : [])
          if (argument.deprecationReason != null) yield `${name} arg ${argument.name} was removed.`
      }
  }
}
