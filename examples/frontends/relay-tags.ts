import type { Plugin } from 'vite'

const tag = /\bgraphql`\s*(?:query|mutation|fragment)\s+(\w+)[^`]*`/g

/** Puts what relay-compiler made of a `graphql` tag in the tag's place: Relay's own plugin for this needs Babel. */
export function relayTags(): Plugin {
  return {
    name: 'relay-tags',
    enforce: 'pre',
    transform: {
      filter: { id: /\.tsx?$/, code: 'graphql`' },
      handler(code) {
        const names = new Set<string>()
        const replaced = code.replaceAll(tag, (_, name: string) => {
          names.add(name)
          return `${name}_artifact`
        })
        // In one line, so that every line stays where it was.
        const imports = [...names].map((name) => `import ${name}_artifact from './__generated__/${name}.graphql.ts';`)
        return imports.join('') + replaced
      },
    },
  }
}
