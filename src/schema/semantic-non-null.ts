import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLList, GraphQLNonNull } from 'graphql'

export const semanticNonNullDirective = new GraphQLDirective({
  name: 'semanticNonNull',
  description:
    'Marks a field that is null only together with an error at the same path. A client that throws on errors can treat the field as non-null.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
      defaultValue: [0],
      description:
        "Levels of the field's nested lists to which the directive applies. 0 is the field itself. Default: `[0]`.",
    },
  },
})

/** Option of a field that has the directive. */
export const semanticNonNull = { extensions: { directives: { semanticNonNull: {} } } }
