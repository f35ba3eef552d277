/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PomTests {

	private static final String GOOD = """
			<project>
			<groupId>com.example</groupId><artifactId>a</artifactId><version>1</version>
			<name>A</name><description>An A.</description><url>https://example.com</url>
			<licenses/><developers/><scm/>
			<dependencies>
			<dependency><groupId>g</groupId><artifactId>b</artifactId><version>2</version></dependency>
			</dependencies>
			</project>
			""";

	@Test
	void pomThatStandsAloneIsAccepted() {
		Pom pom = Pom.parse(GOOD);
		assertThat(pom.problems()).isEmpty();
		assertThat(pom.dependencies()).containsExactly(new Pom.Dependency("g", "b", "2", "compile", false));
	}

	@Test
	void whatOnlyTheBuildUnderstandsIsFound() {
		assertThat(problemsWith("<name>", "<parent><relativePath>../pom.xml</relativePath></parent><name>"))
			.isEqualTo(1);
		assertThat(problemsWith("<name>", "<build/><properties/><name>")).isEqualTo(2);
		assertThat(problemsWith("<version>1<", "<version>${revision}<")).isEqualTo(1);
	}

	@Test
	void whatARepositoryAsksForIsMissed() {
		assertThat(problemsWith("<licenses/><developers/><scm/>", "")).isEqualTo(3);
	}

	@Test
	void dependencyThatIsNotTheUsersIsFound() {
		assertThat(problemsWith("<version>2</version>", "")).isEqualTo(1);
		assertThat(problemsWith("<version>2</version>", "<version>2</version><scope>test</scope>")).isEqualTo(1);
		assertThat(problemsWith("<version>2</version>", "<version>2</version><scope>provided</scope>")).isEqualTo(1);
	}

	private static int problemsWith(String good, String bad) {
		assertThat(GOOD).contains(good);
		return Pom.parse(GOOD.replace(good, bad)).problems().size();
	}

}
