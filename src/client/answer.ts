import { foreignAnswer } from './errors.ts'
import type { AnsweredError } from './errors.ts'

export interface RawAnswer {
  status: number
  text: string
}

export interface Answer {
  data: Record<string, unknown> | null
  errors: readonly AnsweredError[]
}

/** Throws ParleyError for what is no GraphQL answer. */
export function readAnswer({ status, text }: RawAnswer, mutation: boolean): Answer {
  let answer: Partial<Answer> | null = null
  try {
    answer = JSON.parse(text) as Partial<Answer> | null
  } catch {
    // Told below.
  }
  if (typeof answer !== 'object' || answer === null || !(answer.data || Array.isArray(answer.errors)))
    throw foreignAnswer(status, mutation)
  return { data: answer.data ?? null, errors: answer.errors ?? [] }
}
