--- @include "includes/deadline"
-- What a coordinator waits for stands in its record, a field `w:<wait id>` each, so that a thousand
-- waits of one process cost each other nothing.
local function clear_waits(id, record)
  for field in pairs(record) do
    if string.sub(field, 1, 2) == 'w:' then
      redis.call('HDEL', k_coordinator(id), field)
      undue('wait', id .. ':' .. string.sub(field, 3))
    end
  end
end
