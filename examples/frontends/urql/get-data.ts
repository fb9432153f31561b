import type { AnyVariables, OperationResult } from 'urql'

/** Returns the data of a result. @throws The error of the result if it has no data. */
export function getData<Data, Variables extends AnyVariables>({ data, error }: OperationResult<Data, Variables>): Data {
  if (data == null) throw error ?? new Error('The response is empty.')
  return data
}
