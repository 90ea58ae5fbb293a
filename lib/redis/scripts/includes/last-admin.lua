-- Somebody must be left who can let others in.
local function is_last_admin(prefix, name)
  if redis.call('HGET', prefix .. 'user:' .. name, 'role') ~= 'admin' then return false end
  for _, other in ipairs(redis.call('SMEMBERS', prefix .. 'users')) do
    if other ~= name and redis.call('HGET', prefix .. 'user:' .. other, 'role') == 'admin' then
      return false
    end
  end
  return true
end
