import { Kind, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { createAnnotations } from '../../src/mcp/tool-annotations.ts'

function annotate(text: string) {
  const [definition] = parse(text).definitions
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation')
  return createAnnotations(definition)
}

describe('createAnnotations', () => {
  test.each([
    ['query a { updates }', true, false],
    ['mutation a { createConference }', false, false],
    ['mutation a { inviteParticipant }', false, false],
    ['mutation a { runConference }', false, false],
    ['mutation a { updateConference }', false, true],
    ['mutation a { gone: deleteConference }', false, true],
    ['mutation a { update: createConference }', false, false],
    ['mutation a { createConference endConference }', false, true],
    ['mutation a { removeParticipant }', false, true],
  ])('derives the hints from the mutations of %s', (text, readOnlyHint, destructiveHint) => {
    expect(annotate(text)).toEqual({ readOnlyHint, destructiveHint, idempotentHint: true, openWorldHint: true })
  })
})
