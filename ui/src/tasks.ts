// What waits for me: read by the tasks page and counted in the header.
import { ref } from 'vue';
import { get } from './api';
import type { Tasks } from './types';

export const taskCount = ref(0);

export async function readTasks(): Promise<Tasks> {
  const tasks = await get<Tasks>('/api/v1/tasks');
  taskCount.value = tasks.items.length;
  return tasks;
}

export async function countTasks(): Promise<void> {
  try {
    await readTasks();
  } catch {
    /* the page itself says what went wrong */
  }
}
