//! The model of the invented school: everything that the records of its tables have in common. It is made once for each
//! kind of school and never changed.
//!
//! Things refer to each other by their index in the vectors of [`School`]. What the records of only one table need is
//! made in the file of that table.

pub mod clubs;
mod college;
pub mod companies;
pub mod courses;
pub mod destinations;
pub mod devices;
pub mod internships;
pub mod kind;
pub mod library;
pub mod majors;
pub mod party;
pub mod people;
pub mod places;
pub mod research;
mod secondary_majors;
mod secondary_school;
pub mod systems;
pub mod timetable;

use std::sync::LazyLock;

use clubs::{Club, Event};
use companies::Company;
use courses::{Course, PlannedCourse};
use destinations::Destination;
use devices::Device;
use internships::Internship;
use kind::SchoolKind;
use library::{Book, Textbook};
use majors::Major;
use party::PartyOrganisation;
use people::{Class, StaffMember, Student};
use places::{Base, Lab, Room};
use research::Project;
use systems::{Resource, Simulation, System};
use timetable::Lesson;

/// The whole invented school.
pub struct School {
    /// The kind of school, with the data that differ between a college and a secondary school.
    pub kind: &'static SchoolKind,
    /// 教职工, in the order: teachers of the units, teachers of general courses, counsellors, offices, workers.
    pub staff: Vec<StaffMember>,
    /// 班级, those of the graduates last.
    pub classes: Vec<Class>,
    /// 学生, the graduates last.
    pub students: Vec<Student>,
    /// 教室, including the rooms of the 实训室, which come last.
    pub rooms: Vec<Room>,
    /// 实训室, two for each major.
    pub labs: Vec<Lab>,
    /// 实训基地.
    pub bases: Vec<Base>,
    /// 企业 that work with the school.
    pub companies: Vec<Company>,
    /// 课程: general courses, elective courses, then nine for each major.
    pub courses: Vec<Course>,
    /// 计划课程 of this term.
    pub planned_courses: Vec<PlannedCourse>,
    /// 排课: the timetable of three weeks.
    pub lessons: Vec<Lesson>,
    /// 实习 of the students of the third year.
    pub internships: Vec<Internship>,
    /// 毕业去向, each with the index of the graduate in `students`.
    pub destinations: Vec<(usize, Destination)>,
    /// 教材, one for each course that is taught in class.
    pub textbooks: Vec<Textbook>,
    /// 图书: the copies in the library.
    pub books: Vec<Book>,
    /// 信息化系统.
    pub systems: Vec<System>,
    /// 数字资源.
    pub resources: Vec<Resource>,
    /// 虚拟仿真资源.
    pub simulations: Vec<Simulation>,
    /// 仪器设备.
    pub devices: Vec<Device>,
    /// 社团.
    pub clubs: Vec<Club>,
    /// 社团活动 of this term.
    pub events: Vec<Event>,
    /// 党组织, the committee first.
    pub party_organisations: Vec<PartyOrganisation>,
    /// 科研项目 of the last four years.
    pub projects: Vec<Project>,
}

impl School {
    /// The school for editions of this level (`Edition::level`): the secondary school for 中职, the college for all
    /// others.
    pub fn of(level: &str) -> &'static School {
        static COLLEGE: LazyLock<School> = LazyLock::new(|| School::new(&college::COLLEGE));
        static SECONDARY: LazyLock<School> = LazyLock::new(|| School::new(&secondary_school::SECONDARY));
        if level == secondary_school::LEVEL { &SECONDARY } else { &COLLEGE }
    }

    fn new(kind: &'static SchoolKind) -> School {
        let staff = people::staff(kind);
        let (classes, students) = people::classes_and_students(kind);
        let (rooms, labs) = (places::rooms(kind), places::labs(kind));
        let companies = companies::companies();
        let courses = courses::courses(kind);
        let planned_courses = courses::planned_courses(kind, &classes, &courses);
        let clubs = clubs::clubs(kind, &students);
        School {
            kind,
            lessons: timetable::lessons(&planned_courses, &courses, &classes, &rooms),
            internships: internships::internships(kind, &students, &companies),
            destinations: destinations::destinations(kind, &students, &companies),
            textbooks: library::textbooks(kind, &courses),
            books: library::books(kind),
            systems: systems::systems(),
            resources: systems::resources(&courses),
            simulations: systems::simulations(kind, &courses),
            devices: devices::devices(kind, &rooms, &labs),
            events: clubs::events(kind, &clubs),
            party_organisations: party::organisations(kind, &staff),
            projects: research::projects(kind, &staff),
            bases: places::bases(kind),
            staff,
            classes,
            students,
            rooms,
            labs,
            companies,
            courses,
            planned_courses,
            clubs,
        }
    }

    /// The students who are at the school today, each with the index in `students`; the graduates are left out.
    pub fn present(&self) -> impl Iterator<Item = (usize, &Student)> {
        self.students.iter().enumerate().filter(|(_, student)| !student.graduated())
    }

    /// The major of a student.
    pub fn major_of(&self, student: &Student) -> &'static Major {
        &self.kind.majors[student.major]
    }

    /// The class of a student.
    pub fn class_of(&self, student: &Student) -> &Class {
        &self.classes[student.class]
    }

    /// The name of the unit that teaches the major of a student.
    pub fn unit_of_student(&self, student: &Student) -> &'static str {
        self.kind.units[self.kind.majors[student.major].unit]
    }

    /// The companies that take students of a major, each with the index in `companies`.
    pub fn partners_of(&self, major: usize) -> impl Iterator<Item = (usize, &Company)> {
        self.companies.iter().enumerate().filter(move |(c, _)| companies::takes_students_of(self.kind, *c, major))
    }

    /// The textbook of a course; an internship has none.
    pub fn textbook_of(&self, course: usize) -> Option<&Textbook> {
        self.textbooks.iter().find(|book| book.course == course)
    }
}
