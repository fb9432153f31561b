import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serverLimits } from '../../src/config/configuration.ts'
import { Settings } from '../../src/config/settings.ts'
import { findDirectives, parseNginx } from './nginx-config.ts'

const unitFile = 'deploy/parley@.service'
const unit = readFileSync(unitFile, 'utf8')

/** Returns the values of a setting of the unit. */
const valuesOf = (name: string): string[] => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, it]) => it!)

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-host-files-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('deploy/parley@.service', () => {
  const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0

  /** The unit as installed, with a program that exists on this machine. */
  function installUnit(): string {
    const file = join(createFolder(), 'parley@4000.service')
    writeFileSync(file, unit.replace('/usr/local/bin/parley', '/bin/true'))
    return file
  }

  test.skipIf(!hasSystemd)('is a unit that systemd accepts', () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', installUnit()], { encoding: 'utf8' })
    expect(stderr.split('\n').filter((line) => line.includes('parley@'))).toEqual([])
    expect(status).toBe(0)
  })

  test.skipIf(!hasSystemd)('leaves the process little that it does not need', () => {
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', installUnit()], { encoding: 'utf8' })
    expect(Number(/exposure level for .*: ([\d.]+)/.exec(stdout)![1])).toBeLessThan(2)
  })

  test('reloads with SIGHUP, and waits for requests in flight when it stops', () => {
    expect(valuesOf('ExecReload')).toEqual(['/bin/kill -HUP $MAINPID'])
    expect(Number(valuesOf('TimeoutStopSec')[0])).toBeGreaterThan(serverLimits.shutdownGrace / 1000 + 2)
  })

  test('gives each process the port of its name', () => {
    expect(valuesOf('Environment')).toContain('NODE_ENV=production HOST=127.0.0.1 PORT=%i')
    expect(valuesOf('ExecStart')).toEqual(['/usr/local/bin/parley serve'])
    expect(valuesOf('StateDirectory')).toEqual(['parley'])
    expect(unit).toContain('systemctl enable --now parley@4000 parley@4001')
  })
})

describe('deploy/nginx.conf', () => {
  const config = parseNginx('deploy/nginx.conf')
  const find = (name: string) => findDirectives(config, name).map(({ values }) => values)

  test('spreads requests over the processes of the systemd unit, and never counts one as failed', () => {
    const ports = /enable --now (.*)$/m
      .exec(unit)![1]!
      .split(' ')
      .map((name) => name.split('@')[1])
    const [upstream] = findDirectives(config, 'upstream')
    const servers = findDirectives(upstream!.block, 'server').map(({ values }) => values)
    expect(servers).toEqual(ports.map((port) => [`127.0.0.1:${port}`, 'max_fails=0']))
    expect(find('keepalive')).toEqual([])
  })

  test('publishes the base path that its comment names, and nothing else', () => {
    const basePath = /`basePath: (\S+)`/.exec(readFileSync('deploy/nginx.conf', 'utf8'))![1]!
    expect(Settings.shape.basePath.parse(basePath)).toBe(basePath)
    expect(find('location')).toEqual([[`${basePath}/`]])
    // A path in proxy_pass would replace the prefix.
    expect(find('proxy_pass')).toEqual([['http://parley']])
  })

  test('streams uploads of any size, and waits longer than an operation takes', () => {
    expect(find('client_max_body_size')).toEqual([['0']])
    expect(find('proxy_http_version')).toEqual([['1.1']])
    expect(find('proxy_request_buffering')).toEqual([['off']])
    const [[timeout]] = find('proxy_read_timeout') as [[string]]
    expect(Number.parseInt(timeout, 10)).toBeGreaterThan(serverLimits.operationDeadline / 1000)
  })

  test('does not send a request again that a process may have received', () => {
    expect(find('proxy_next_upstream')).toEqual([['error', 'timeout']])
  })

  test('sets every header that Parley uses of a trusted proxy', () => {
    const page = readFileSync('docs/operations.md', 'utf8')
    const table = /\| header of a trusted proxy [^]*?\n\n/.exec(page)![0]
    const names = [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name!)
    expect(names.length).toBeGreaterThan(3)
    const set = new Set(find('proxy_set_header').map(([name]) => name))
    expect(names.filter((name) => !set.has(name))).toEqual([])
  })
})
