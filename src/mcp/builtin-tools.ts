import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { GraphQLSchema } from 'graphql'
import { buildTool } from './build-tool.ts'
import type { Tool } from './tool.ts'

const folder = new URL('builtin/', import.meta.url)

/** Loads the tools that every server has unless they are turned off, sorted by name. */
export function loadBuiltinTools(schema: GraphQLSchema): Tool[] {
  const files = readdirSync(folder).toSorted()
  return files.map((file) => {
    const built = buildTool(schema, basename(file, '.graphql'), readFileSync(new URL(file, folder), 'utf8'))
    if (!Array.isArray(built)) return built
    throw new Error(`The built-in tool ${file} is wrong: ${built.map(({ reason }) => reason).join(' ')}`)
  })
}
