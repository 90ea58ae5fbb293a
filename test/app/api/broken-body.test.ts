import { expect, test } from 'vitest'
import { readJson } from '@/app/api/_http/read-body'

test('a body whose sender goes away is the sender’s mistake', async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"reason":'))
      controller.error(new Error('aborted'))
    },
  })
  const request = new Request('http://127.0.0.1/', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    // Node asks for this where a body is a stream.
    ...{ duplex: 'half' },
  })
  await expect(readJson(request, 1000)).rejects.toMatchObject({ status: 400 })
})
