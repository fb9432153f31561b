import { getNamedType, GraphQLError, isIntrospectionType } from 'graphql'
import type { ASTVisitor, ValidationContext } from 'graphql'

/** Rejects introspection fields, for callers without the scope `explore`. */
export function IntrospectionScopeRule(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const type = getNamedType(context.getType())
      if (!type || !isIntrospectionType(type)) return
      const message = `The introspection field "${node.name.value}" requires the scope "explore".`
      context.reportError(new GraphQLError(message, { nodes: node }))
    },
  }
}
