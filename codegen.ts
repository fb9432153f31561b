import type { CodegenConfig } from '@graphql-codegen/cli'
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'
import { scalars as allScalars } from './src/client/scalars.ts'

const { ID: _id, ...scalars } = allScalars

const common = { importExtension: '.ts', useTypeImports: true, enumsAsTypes: true, strictScalars: true } as const

const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'test/e2e/gql/': {
      documents: ['test/e2e/documents.ts'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...common, scalars },
    },
    // What `@parley-graphql/server/client` brings along; its `upload` puts the file where the operations have null.
    'src/client/gql/': {
      documents: ['src/client/documents.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: { ...common, dedupeFragments: true, scalars: { ...allScalars, File: 'null' } },
    },
    // For Apollo Client and urql; Relay's compiler makes its own.
    'examples/frontends/shared/gql/': {
      documents: ['examples/frontends/shared/documents.graphql'],
      preset: 'client',
      presetConfig: {
        fragmentMasking: false,
        // Without `__typename`, which both clients add, a document would differ from the trusted one.
        persistedDocuments: { mode: 'embedHashInDocument', hashAlgorithm: 'sha256' },
      },
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: { ...common, dedupeFragments: true, scalars: allScalars },
    },
  },
}

export default config
