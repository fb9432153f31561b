import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DCLinter } from 'dclint'
import { validate } from 'dockerfile-utils'
import { DockerfileParser, type From, type Label } from 'dockerfile-ast'
import type { IStatefulSet } from 'kubernetes-models/apps/v1'
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { IService } from 'kubernetes-models/v1'
import { expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { loadConfiguration, serverLimits } from '../../src/config/configuration.ts'
import { vendors } from '../../src/vendors/index.ts'
import { startCommand } from '../cli/run.ts'

interface Manifest {
  apiVersion: string
  kind: string
  [key: string]: unknown
}

const manifests = parseAllDocuments(readFileSync('deploy/kubernetes.yaml', 'utf8')).map((one) => one.toJS() as Manifest)
const ofKind = (kind: string): unknown => manifests.find((manifest) => manifest.kind === kind)
const compose = parse(readFileSync('compose.yaml', 'utf8')) as {
  services: { parley: { stop_grace_period: string; mem_limit: string } }
}

test('has a Dockerfile that passes its linter', () => {
  expect(validate(readFileSync('Dockerfile', 'utf8')).map(({ message }) => message)).toEqual([])
})

test('has a compose.yaml that passes the schema of Compose and the rules of its linter', () => {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] })
  const [result] = linter.lintFiles(['compose.yaml'], false)
  expect(result!.messages).toEqual([])
})

test.each(manifests.map((manifest) => [manifest.kind, manifest] as const))(
  'matches the schema of Kubernetes: %s',
  async (kind, manifest) => {
    const name = `kubernetes-models/${manifest.apiVersion}`
    const models = (await import(name)) as Record<string, new (data: object) => { validate(): void }>
    expect(() => new models[kind]!(manifest).validate()).not.toThrow()
  },
)

test('uses only fields that Kubernetes supports in the manifests', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-manifests-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const lines = manifests.map((manifest) => {
    const type = `import('kubernetes-models/${manifest.apiVersion}').I${manifest.kind}`
    return `export const ${manifest.kind}: ${type} = ${JSON.stringify(manifest)}\n`
  })
  writeFileSync(join(folder, 'manifests.ts'), lines.join(''))
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--skipLibCheck', '--types', '', 'manifests.ts']
  const args = [resolve('node_modules/typescript/bin/tsc'), ...options]
  expect(await startCommand(process.execPath, args, { cwd: folder }).ended).toMatchObject({ code: 0, stdout: '' })
})

test('matches the ports, paths, and times of the server in the manifests', () => {
  const { spec } = ofKind('StatefulSet') as IStatefulSet
  const pod = spec!.template.spec!
  const [container] = pod.containers
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  expect(container!.image).toBe(`parley:${version}`)
  expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(serverLimits.shutdownGrace / 1000)
  expect(Number.parseInt(compose.services.parley.stop_grace_period, 10)).toBe(pod.terminationGracePeriodSeconds)
  const { livenessProbe, readinessProbe, startupProbe } = container!
  expect([livenessProbe, readinessProbe, startupProbe].map((probe) => probe?.httpGet?.path)).toEqual([
    '/healthz',
    '/readyz',
    '/healthz',
  ])
})

test('has a ConfigMap whose configuration the server accepts', async () => {
  const { data } = ofKind('ConfigMap') as { data: Record<string, string> }
  const folder = await mkdtemp(join(tmpdir(), 'parley-manifests-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'parley.config.yaml')
  writeFileSync(file, data['parley.config.yaml']!)
  const names = [...data['parley.config.yaml']!.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!)
  const secrets = Object.fromEntries(names.map((name) => [name, 'a'.repeat(64)]))
  const environment = { HOST: '0.0.0.0', ...secrets }
  const loaded = loadConfiguration({ file, environment, directory: folder, vendors })!
  expect(loaded).toMatchObject({ data: '/data', host: '0.0.0.0', clients: [{ scopes: ['read'] }] })
  const { spec } = ofKind('StatefulSet') as IStatefulSet
  const [container] = spec!.template.spec!.containers
  const ports = Object.fromEntries(container!.ports!.map(({ name, containerPort }) => [name, containerPort]))
  expect(ports).toEqual({ http: loaded.port, metrics: (loaded.metrics as { port: number }).port })
  expect(container!.volumeMounts!.map(({ mountPath }) => mountPath)).toContain(loaded.data)
})

test('creates every secret of the ConfigMap with the command of the Kubernetes page', () => {
  const { data } = ofKind('ConfigMap') as { data: Record<string, string> }
  const page = readFileSync('docs/deployment.md', 'utf8')
  const [command] = /kubectl create secret generic parley[^]*?\n(?! )/.exec(page)!
  const created = [...command.matchAll(/--from-literal=(\w+)=/g)].map(([, name]) => name)
  const needed = [...data['parley.config.yaml']!.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
  expect(created.toSorted()).toEqual(needed.toSorted())
})

test('forwards to the port of the API in the Ingress, and streams uploads', () => {
  const { spec, metadata } = ofKind('Ingress') as IIngress
  const service = ofKind('Service') as IService
  const backend = spec!.rules![0]!.http!.paths[0]!.backend.service!
  expect(backend.name).toBe(service.metadata!.name)
  expect(service.spec!.ports!.map(({ name }) => name)).toEqual([backend.port!.name])
  expect(spec!.tls![0]!.hosts).toEqual(spec!.rules!.map(({ host }) => host))
  const prefix = 'nginx.ingress.kubernetes.io/proxy-'
  const annotations = metadata!.annotations!
  expect(annotations).toMatchObject({
    [`${prefix}request-buffering`]: 'off',
    [`${prefix}body-size`]: '0',
    [`${prefix}next-upstream`]: 'error timeout',
  })
  expect(Number(annotations[`${prefix}read-timeout`])).toBeGreaterThan(serverLimits.operationDeadline / 1000)
})

test('covers the pods in the PodDisruptionBudget, and allows a node to drain', () => {
  const { spec } = ofKind('PodDisruptionBudget') as IPodDisruptionBudget
  const pods = (ofKind('StatefulSet') as IStatefulSet).spec!.template.metadata!.labels
  expect(spec!.selector!.matchLabels).toEqual(pods)
  expect(spec).toMatchObject({ maxUnavailable: 1 })
  expect(spec!.minAvailable).toBeUndefined()
})

test('pins the base image in the Dockerfile, and labels the image with the version of the package', () => {
  const instructions = DockerfileParser.parse(readFileSync('Dockerfile', 'utf8')).getInstructions()
  const bases = instructions.filter((each) => each.getKeyword() === 'FROM').map((each) => (each as From).getImage())
  expect(bases).toHaveLength(2)
  expect(new Set(bases).size).toBe(1)
  const [, tag] = /^(node:24\.\d+\.\d+-slim)@sha256:[0-9a-f]{64}$/.exec(bases[0]!)!
  const labels = instructions
    .filter((each) => each.getKeyword() === 'LABEL')
    .flatMap((each) => (each as Label).getProperties())
    .map((label) => [label.getName(), label.getValue()])
  const { version, license } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>
  expect(Object.fromEntries(labels)).toMatchObject({
    'org.opencontainers.image.title': 'Parley',
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.licenses': license,
    'org.opencontainers.image.base.name': tag,
  })
})
