--- @include "includes/emit"
-- Hands all work in hand to another coordinator. An item keeps the name of who stored it first. Items are
-- changed as text: cjson would not give back their data as it was.
local function move_work(from, to)
  local items = redis.call('HGETALL', k_work(from))
  if #items == 0 then return end
  local ids = {}
  for i = 1, #items, 2 do
    local item = items[i + 1]
    if string.sub(item, 1, 9) ~= '{"from":"' then item = '{"from":"' .. from .. '",' .. string.sub(item, 2) end
    redis.call('HSET', k_work(to), items[i], item)
    ids[#ids + 1] = items[i]
  end
  redis.call('DEL', k_work(from))
  local ev = emit('work.transferred', 'coordinator:' .. from, { from = from, to = to, workIds = ids, items = #ids })
  redis.call('HSET', k_coordinator(from), 'ev', ev)
  redis.call('HSET', k_coordinator(to), 'ev', ev)
end
