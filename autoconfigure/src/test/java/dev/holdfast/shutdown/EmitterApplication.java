/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An application with everything that emitters are used for. None of them ends by itself.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(EmitterApplication.Streams.class)
class EmitterApplication {

	@RestController
	static class Streams {

		private final List<ResponseBodyEmitter> emitters = new CopyOnWriteArrayList<>();

		private final AtomicInteger completions = new AtomicInteger();

		@GetMapping("/events")
		SseEmitter events() throws IOException {
			return begun(new SseEmitter(0L));
		}

		@GetMapping("/entity")
		ResponseEntity<SseEmitter> entity() throws IOException {
			return ResponseEntity.ok().header("X-Kept", "yes").body(begun(new SseEmitter(0L)));
		}

		@GetMapping("/typed")
		ResponseEntity<ResponseBodyEmitter> typed() throws IOException {
			return ResponseEntity.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.body(begun(new ResponseBodyEmitter(0L)));
		}

		@PostMapping("/answer")
		SseEmitter answer() throws IOException {
			return begun(new SseEmitter(0L));
		}

		@GetMapping("/export")
		ResponseEntity<ResponseBodyEmitter> export() throws IOException {
			return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(begun(new ResponseBodyEmitter(0L)));
		}

		@GetMapping("/finished")
		SseEmitter finished() throws IOException {
			SseEmitter emitter = begun(new SseEmitter(0L));
			emitter.complete();
			return emitter;
		}

		@GetMapping("/none")
		ResponseEntity<SseEmitter> none() {
			return ResponseEntity.noContent().build();
		}

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		private <T extends ResponseBodyEmitter> T begun(T emitter) throws IOException {
			emitter.onCompletion(this.completions::incrementAndGet);
			emitter.send("begun");
			this.emitters.add(emitter);
			return emitter;
		}

		List<ResponseBodyEmitter> emitters() {
			return this.emitters;
		}

		int completions() {
			return this.completions.get();
		}

	}

}
