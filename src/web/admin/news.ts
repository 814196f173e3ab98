/** What a page of the console has to say about the form that was just sent. */
export { type News, redirectWithNews, takeNews } from '../ui/news.ts';
