import { describe, expect, test } from 'vitest'
import { loadBuiltinTools } from '../../src/mcp/builtin-tools.ts'
import { schema } from '../../src/schema/index.ts'
import { createValidator } from './validator.ts'

const tools = loadBuiltinTools(schema)
const writes = tools.filter(({ scope }) => scope === 'write')
const lists = tools.filter(({ name }) => name.startsWith('list_') && name !== 'list_accounts')

/** What `tools/list` has of each tool. */
const listed = tools.map(({ name, description, inputSchema, outputSchema, annotations }) => ({
  name,
  description,
  inputSchema,
  outputSchema,
  annotations,
}))

describe('built-in tools', () => {
  test('are sorted by name, and need the scope that their operation needs', () => {
    expect(tools.map(({ name, scope }) => [name, scope])).toEqual([
      ['create_conference', 'write'],
      ['delete_conference', 'write'],
      ['end_conference', 'write'],
      ['get_conference', 'read'],
      ['get_operation', 'read'],
      ['invite_participant', 'write'],
      ['list_accounts', 'read'],
      ['list_conferences', 'read'],
      ['list_participants', 'read'],
      ['list_users', 'read'],
      ['remove_participant', 'write'],
      ['run_conference', 'write'],
      ['update_conference', 'write'],
    ])
  })

  test('have at most 32 KiB, with room for the rest of the result', () => {
    expect(Buffer.byteLength(JSON.stringify({ tools: listed }))).toBeLessThan(32 * 1024 - 512)
  })

  test.each(listed)('$name has valid schemas, without a choice at the top', ({ inputSchema, outputSchema }) => {
    for (const used of [inputSchema, outputSchema]) {
      createValidator(used)
      expect(used.type).toBe('object')
      for (const choice of ['oneOf', 'anyOf', 'allOf']) expect(used).not.toHaveProperty(choice)
    }
    expect(inputSchema.additionalProperties).toBe(false)
  })

  test.each(listed)('$name describes each argument in at most 200 characters', ({ inputSchema, description }) => {
    expect(description.length).toBeGreaterThan(60)
    for (const property of Object.values(inputSchema.properties!)) expect(property.description).toMatch(/^.{5,200}\.$/)
  })

  test.each(writes)('$name requires a key, and returns what became of the change', ({ inputSchema, outputSchema }) => {
    expect(inputSchema.required).toContain('idempotencyKey')
    expect(inputSchema.properties!['idempotencyKey']!.type).toBe('string')
    const [payload] = Object.values(outputSchema.properties!)
    expect(payload!.required).toEqual(expect.arrayContaining(['outcome', 'replayed', 'problems', 'operation']))
    expect(payload!.properties!['problems']!.items!.required).toEqual([
      'code',
      'message',
      'path',
      'retryable',
      'retryAt',
    ])
  })

  test.each(lists)('$name accepts a page size, a cursor, and details', ({ name, inputSchema, outputSchema }) => {
    expect(inputSchema.properties).toMatchObject({
      first: { type: ['integer', 'null'], minimum: 1, maximum: 100, default: name === 'list_participants' ? 20 : 10 },
      after: { type: ['string', 'null'] },
      details: { type: ['boolean', 'null'], default: false },
    })
    const text = JSON.stringify(outputSchema)
    expect(text).toContain('"pageInfo"')
    expect(text).toContain('"sources"')
  })

  test('have no file and no credential', () => {
    const names = JSON.stringify(listed).match(/"\w+":/g)!
    expect(names).toContain('"joinUrl":')
    expect(names.filter((name) => /startUrl|passcode|token|zak|raw|vendorOptions|file/i.test(name))).toEqual([])
  })

  test('say how the vendors differ', () => {
    const describeTool = (name: string) => tools.find((tool) => tool.name === name)!.description
    expect(describeTool('run_conference')).toMatch(/Zoom: no call starts a meeting/)
    expect(describeTool('list_users')).toMatch(/Zoom: lists do not report avatar, phone, or company/)
    expect(describeTool('list_users')).toMatch(/pending user has the email address as `vendorId`, which changes once/)
    expect(describeTool('list_users')).toMatch(/TrueConf: `vendorId` is the login/)
    expect(describeTool('create_conference')).toMatch(/TrueConf: `owner` is required/)
    expect(describeTool('list_conferences')).toMatch(/iMeet Central: a workspace has no time, owner, or participants/)
    for (const name of ['run_conference', 'end_conference', 'delete_conference'])
      expect(describeTool(name)).toMatch(/iMeet Central: not supported/)
  })
})
