import {
  ExecutableDefinitionsRule,
  FragmentsOnCompositeTypesRule,
  Kind,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  KnownFragmentNamesRule,
  KnownTypeNamesRule,
  MaxIntrospectionDepthRule,
  NoFragmentCyclesRule,
  NoUndefinedVariablesRule,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  PossibleFragmentSpreadsRule,
  specifiedRules,
  UniqueArgumentNamesRule,
  UniqueDirectivesPerLocationRule,
  UniqueFragmentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueVariableNamesRule,
  ValuesOfCorrectTypeRule,
  VariablesAreInputTypesRule,
  VariablesInAllowedPositionRule,
} from 'graphql'
import type { ValidationRule } from 'graphql'
import { IntrospectionScopeRule } from './introspection-scope-rule.ts'

/** Kinds of nodes of a document, and `metaName` if a name in it begins with two underscores. */
export type DocumentParts = ReadonlySet<string>
export const metaName = '__'

const executableKinds: ReadonlySet<string> = new Set([
  Kind.OPERATION_DEFINITION,
  Kind.FRAGMENT_DEFINITION,
  Kind.VARIABLE_DEFINITION,
])
const fragments = [Kind.INLINE_FRAGMENT, Kind.FRAGMENT_DEFINITION]
const values = [Kind.ARGUMENT, Kind.VARIABLE_DEFINITION]
const variables = [Kind.VARIABLE, Kind.VARIABLE_DEFINITION]

/** Parts of a document, of which it must have at least one so that the rule can report an error. */
const partsByRule = new Map<ValidationRule, readonly string[]>([
  [KnownTypeNamesRule, [Kind.NAMED_TYPE]],
  [FragmentsOnCompositeTypesRule, fragments],
  [UniqueFragmentNamesRule, [Kind.FRAGMENT_DEFINITION]],
  [KnownFragmentNamesRule, [Kind.FRAGMENT_SPREAD]],
  [NoUnusedFragmentsRule, [Kind.FRAGMENT_DEFINITION]],
  [PossibleFragmentSpreadsRule, [Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT]],
  [NoFragmentCyclesRule, [Kind.FRAGMENT_DEFINITION]],
  [VariablesAreInputTypesRule, variables],
  [UniqueVariableNamesRule, variables],
  [NoUndefinedVariablesRule, variables],
  [NoUnusedVariablesRule, variables],
  [VariablesInAllowedPositionRule, variables],
  [KnownDirectivesRule, [Kind.DIRECTIVE]],
  [UniqueDirectivesPerLocationRule, [Kind.DIRECTIVE]],
  [KnownArgumentNamesRule, [Kind.ARGUMENT]],
  [UniqueArgumentNamesRule, [Kind.ARGUMENT]],
  [ValuesOfCorrectTypeRule, values],
  [UniqueInputFieldNamesRule, [Kind.OBJECT]],
  [MaxIntrospectionDepthRule, [metaName]],
  [IntrospectionScopeRule, [metaName]],
])

/**
 * Returns the rules of GraphQL.js that can report an error in the document. Each rule takes several microseconds, also
 * for a small document, which might never be sent again.
 */
export function selectRules(parts: DocumentParts, canExplore: boolean): ValidationRule[] {
  const rules = canExplore ? specifiedRules : [...specifiedRules, IntrospectionScopeRule]
  return rules.filter((rule) => {
    if (rule === ExecutableDefinitionsRule) return [...parts].some(isOtherDefinition)
    return partsByRule.get(rule)?.some((part) => parts.has(part)) ?? true
  })
}

const isOtherDefinition = (kind: string): boolean => /Definition$|Extension$/.test(kind) && !executableKinds.has(kind)
