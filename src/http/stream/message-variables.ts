import { Kind, visit, type ASTNode } from 'graphql'
import type { OperationPlan } from '../../execution/operation-plan.ts'

const namesByPlan = new WeakMap<OperationPlan, readonly string[]>()

/**
 * Returns the names of the variables that a message of a subscription depends on. Those that are only arguments of the
 * subscription field, such as `after`, affect which messages are sent.
 */
export function listMessageVariables(plan: OperationPlan): readonly string[] {
  const known = namesByPlan.get(plan)
  if (known) return known
  const names = new Set<string>()
  const collect = (node: ASTNode): void => {
    visit(node, { Variable: ({ name }) => void names.add(name.value) })
  }
  for (const selection of plan.operation.selectionSet.selections) {
    if (selection.kind !== Kind.FIELD) collect(selection)
    else for (const node of [...(selection.directives ?? []), selection.selectionSet]) if (node) collect(node)
  }
  for (const fragment of Object.values(plan.fragments)) collect(fragment)
  const list = [...names].toSorted()
  namesByPlan.set(plan, list)
  return list
}
