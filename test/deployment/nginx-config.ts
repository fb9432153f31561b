import { readFileSync } from 'node:fs'

/** A directive of an nginx configuration, with its block if it has one. */
export interface Directive {
  name: string
  values: string[]
  block: Directive[]
}

/** Parses a configuration file without variables in braces, escapes, or quoted spaces. */
export function parseNginx(file: string): Directive[] {
  const words = readFileSync(file, 'utf8')
    .replace(/^\s*#.*$/gm, '')
    .match(/"[^"]*"|[{};]|[^\s{};]+/g)!
  const parseBlock = (): Directive[] => {
    const directives: Directive[] = []
    let values: string[] = []
    for (let word = words.shift(); word !== undefined && word !== '}'; word = words.shift()) {
      if (word !== ';' && word !== '{') {
        values.push(word)
        continue
      }
      const [name = '', ...rest] = values
      directives.push({ name, values: rest, block: word === '{' ? parseBlock() : [] })
      values = []
    }
    return directives
  }
  return parseBlock()
}

/** The directives of a name, at any depth. */
export const findDirectives = (directives: readonly Directive[], name: string): Directive[] =>
  directives.flatMap((each) => [...(each.name === name ? [each] : []), ...findDirectives(each.block, name)])
