import { completeLeaf, completeValue, handleRejection, isThenable, settleValue } from './complete-value.ts'
import type { Execution } from './execution.ts'
import { ResolveInfo } from './resolve-info.ts'
import { createPath, type ResponsePath } from './response-path.ts'
import type { FieldPlan, SelectionPlan } from './selection-plan.ts'

/** Values of the selected fields, by response name. */
export type ResultObject = Record<string, unknown>

/** Executes the selected fields of an object. Returns a promise if a field is asynchronous. */
export function executeFields(
  execution: Execution,
  selection: SelectionPlan,
  source: unknown,
  path: ResponsePath | undefined,
): ResultObject | Promise<ResultObject> {
  const { fields } = selection
  const results = selection.createResult()
  execution.maxBytes += selection.minBytes
  let hasPromise = false
  try {
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index]!
      const value = executeField(execution, field, source, path)
      results[field.responseName] = value
      if (value instanceof Promise) hasPromise = true
    }
  } catch (error) {
    if (!hasPromise) throw error
    return rejectAfterFields(selection, results, error)
  }
  return hasPromise ? settleFields(selection, results) : results
}

/** Rejects with the error after all fields have ended, so that no rejection of another field is unhandled. */
function rejectAfterFields(selection: SelectionPlan, results: ResultObject, error: unknown): Promise<never> {
  return settleFields(selection, results).finally(() => {
    throw error
  }) as Promise<never>
}

async function settleFields({ fields }: SelectionPlan, results: ResultObject): Promise<ResultObject> {
  const values = await Promise.all(fields.map(({ responseName }) => results[responseName]))
  for (let index = 0; index < fields.length; index++) results[fields[index]!.responseName] = values[index]
  return results
}

/**
 * Returns the completed value of a field, or a promise of it.
 *
 * @throws The error of the field, if the field is non-null.
 */
export function executeField(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: ResponsePath | undefined,
): unknown {
  const { type } = field
  let path: ResponsePath | undefined
  try {
    const value = resolveField(execution, field, source, parentPath)
    // Creates no path, which a leaf needs only for its errors. Most fields are leaves.
    if (type.kind === 'leaf' && !isThenable(value)) return completeLeaf(execution, field, type, value)
    path = createPath(field, parentPath)
    if (isThenable(value)) return settleValue(execution, field, type, path, value)
    const completed = completeValue(execution, field, type, path, value)
    return completed instanceof Promise ? handleRejection(execution, field, type, path, completed) : completed
  } catch (error) {
    return execution.handleError(error, field, type.isNonNull, path ?? createPath(field, parentPath))
  }
}

function resolveField(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: ResponsePath | undefined,
): unknown {
  const { variables, context } = execution
  if (field.resolve === null) {
    const value = readProperty(source, field.definition.name)
    if (typeof value !== 'function') return value
    const method = value as (this: unknown, ...parameters: unknown[]) => unknown
    return method.call(source, field.getArguments(variables), context, new ResolveInfo(execution, field, parentPath))
  }
  return field.resolve(source, field.getArguments(variables), context, new ResolveInfo(execution, field, parentPath))
}

function readProperty(source: unknown, name: string): unknown {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined
  return (source as Record<string, unknown>)[name]
}
