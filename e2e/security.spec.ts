import { expect, test } from './fixtures/test'

test('whatever is answered forbids what it does not need', async ({ page, request }) => {
  await page.goto('/')
  const asset = await page.locator('script[src^="/_next/static/"]').first().getAttribute('src')
  for (const path of ['/', '/sign-in', '/nothing', '/api/v1/session', '/health', asset ?? '']) {
    const headers = (await request.get(path)).headers()
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['x-frame-options'], path).toBe('DENY')
    expect(headers['referrer-policy'], path).toBe('same-origin')
    // Loopback without TLS.
    expect(headers['strict-transport-security'], path).toBeUndefined()
    expect(headers['x-powered-by'], path).toBeUndefined()
  }
  // Redirects, what is not there and what nobody answers to have one as well.
  for (const path of ['/api/v1/nothing', '/health/', '/socket.io', '/favicon.ico', '/nothing.js']) {
    const answer = await request.get(path, { maxRedirects: 0 })
    expect(answer.headers()['content-security-policy'], path).toContain("frame-ancestors 'none'")
  }
  expect((await request.put('/api/v1/session')).headers()['content-security-policy']).toBeDefined()
  const policies = await Promise.all(
    [1, 2].map(async () => (await request.get('/')).headers()['content-security-policy'] ?? ''),
  )
  for (const policy of policies) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic';/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
  }
  expect(policies[0]).not.toBe(policies[1])
})

test('markup that somebody got into the page runs no script', async ({ visitor }) => {
  // A page of its own: what the browser says of it is no mistake of ours.
  const page = await visitor()
  await page.goto('/sign-in')
  const refused = await page.evaluate(async () => {
    const told = new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', resolve, { once: true })
    })
    const markup = document.createElement('div')
    markup.innerHTML = `<img src="data:," onerror="window.owned = true">
      <iframe srcdoc="<script>parent.owned = true</script>"></iframe>`
    document.body.append(markup)
    await told
    return !('owned' in window)
  })
  expect(refused).toBe(true)
})

test('a session that is revoked takes its open board with it', async ({ visitor, room }) => {
  const theirs = await visitor(await room.signInLink('somebody', 'viewer'))
  const page = await visitor(await room.signInLink('the-admin', 'admin'))
  const { sessions } = await (await page.request.get('/api/v1/sessions')).json()
  const session = sessions.find((it: { user: string }) => it.user === 'somebody')
  const headers = { origin: room.url, 'x-signalbox': '1' }
  const ended = await page.request.delete(`/api/v1/sessions/${session.id}`, { headers })
  expect(ended.status()).toBe(200)
  await expect(theirs).toHaveURL(/\/sign-in/)
})
