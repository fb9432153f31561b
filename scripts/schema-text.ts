import { lexicographicSortSchema, parse, printSchema, visit, type GraphQLSchema } from 'graphql'

/** Returns the schema as text, sorted by name, with the directives of its fields, which `printSchema` omits. */
export function formatSchema(schema: GraphQLSchema): string {
  const text = printSchema(lexicographicSortSchema(schema))
  let withDirectives = ''
  let copiedTo = 0
  let typeName = ''
  visit(parse(text), {
    ObjectTypeDefinition: ({ name }) => {
      typeName = name.value
    },
    FieldDefinition: ({ name, loc }) => {
      const type = schema.getType(typeName)
      const field = type && 'getFields' in type ? type.getFields()[name.value] : undefined
      const directives = Object.keys((field?.extensions['directives'] ?? {}) as object)
      const directiveText = directives.map((directive) => ` @${directive}`).join('')
      withDirectives += text.slice(copiedTo, loc!.end) + directiveText
      copiedTo = loc!.end
    },
  })
  return `${withDirectives}${text.slice(copiedTo)}\n`
}
